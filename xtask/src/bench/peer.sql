select count(*), sum(entries), sum(hours)
from (
    select "Description", count(*) as entries, sum(epoch("Duration")) / 3600 as hours
    from read_csv(
        $file, header = true, auto_detect = false, delim = ',', quote = '"', escape = '"',
        columns = {
            'User': 'VARCHAR', 'Email': 'VARCHAR', 'Client': 'VARCHAR', 'Project': 'VARCHAR', 'Task': 'VARCHAR',
            'Description': 'VARCHAR', 'Billable': 'VARCHAR', 'Start date': 'DATE', 'Start time': 'TIME',
            'End date': 'DATE', 'End time': 'TIME', 'Duration': 'TIME', 'Tags': 'VARCHAR'
        }
    )
    group by "Description"
)
